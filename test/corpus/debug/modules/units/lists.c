// With optimisation, variables that are in several places while a function runs.
static int table[4] = {3, 1, 4, 1};
__attribute__((noinline)) static int total(const int *xs, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    int scaled = xs[i] * (i + 1);
    if (scaled > 6) scaled -= sum;
    sum += scaled;
  }
  return sum;
}
__attribute__((noinline)) static int collatz(int n) {
  int steps = 0;
  while (n != 1) {
    n = n % 2 ? 3 * n + 1 : n / 2;
    steps++;
  }
  return steps;
}
int run(int seed) {
  table[seed & 3] = seed;
  int first = total(table, 4);
  int second = collatz(first + 7);
  return first * second;
}
