// C++ fixture: adaptors, sets of bits, results, references, enums of flags.
#include <atomic>
#include <bitset>
#include <complex>
#include <cstdio>
#include <expected>
#include <functional>
#include <queue>
#include <stack>
#include <vector>

enum class Access : unsigned { none = 0, read = 1, write = 2, run = 4 };
enum Color { red, green, blue };

struct Job {
  int weight;
  bool operator<(const Job &other) const { return weight < other.weight; }
};

static std::atomic<int> hits{3};

int main() {
  std::queue<int> line;
  for (int n : {4, 5, 6}) line.push(n);
  line.pop();
  std::stack<char, std::vector<char>> letters;
  letters.push('a');
  letters.push('b');
  std::priority_queue<Job> jobs;
  jobs.push({1});
  jobs.push({7});
  std::queue<int> idle;
  std::bitset<12> few(5);
  std::bitset<40> many;
  many.set(0).set(39);
  std::complex<double> z(1.5, -2);
  std::expected<int, const char *> good = 5;
  std::expected<int, const char *> bad = std::unexpected("why");
  int number = 6;
  std::reference_wrapper<int> wrapped(number);
  Access both = Access(3), all = Access(7), odd = Access(9), none = Access::none;
  Color color = Color(3);
  hits++;
  std::printf("%d %d %c %d %d\n", line.front(), line.back(), letters.top(), jobs.top().weight, (int)idle.size()); //@end
  std::printf("%d %d %g %d %s %d %d\n", (int)few.count(), (int)many.test(39), z.imag(), *good, bad.error(), wrapped.get(), (int)both + (int)all + (int)odd + (int)none + color + hits);
}
