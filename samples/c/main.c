// Bank balances: functions with parameters, a loop, recursion and a pointer, built at -O0 with DWARF.
//
// Set a breakpoint in this file and press F5 with the launch configuration "C: main". The module beside this file was built by
//   clang-19 --target=wasm32-wasi -O0 -g -fdebug-compilation-dir=. main.c -o main.wasm
// It prints "grade A: 3 percent make 109.27, gcd 21, 5 digits" and ends with exit code 0.
#include <stdio.h>

static int transactions = 0;

// Adds `amount` to the balance that the pointer names.
static void deposit(double *balance, double amount) {
  double before = *balance;
  *balance = before + amount;
  transactions++;
}

// The balance after `years` at `percent` interest a year.
static double grow(double balance, int percent, int years) {
  for (int year = 1; year <= years; year++) {
    double interest = balance * percent / 100;
    deposit(&balance, interest);
  }
  return balance;
}

// Euclid's algorithm, by recursion: each call is a frame of the call stack.
static int gcd(int a, int b) {
  if (b == 0)
    return a;
  int rest = a % b;
  return gcd(b, rest);
}

static unsigned digits(unsigned long long number) {
  unsigned count = 1;
  while (number >= 10) {
    number /= 10;
    count++;
  }
  return count;
}

int main(void) {
  char grade = 'A';
  int percent = 3;
  long long cents = 10927;
  _Bool rich = 0;
  double balance = grow(100.0, percent, 3);
  int divisor = gcd(1071, 462);
  unsigned length = digits((unsigned long long)cents);
  rich = balance > 1000;
  printf("grade %c: %d percent make %.2f, gcd %d, %u digits\n", grade, percent, balance, divisor, length);
  return rich || transactions != 3;
}
