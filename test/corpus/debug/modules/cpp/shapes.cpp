// C++ fixture: library types, references, this, bit-fields, unions, enums, namespaces, templates, inheritance, an inlined call.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

enum Plain { NORTH, SOUTH = 4, WEST };
enum class Level : unsigned char { Low = 1, High = 200 };

namespace geo {
namespace detail {
int scale = 3;
}

struct Point {
  int x, y;
};

class Shape {
public:
  explicit Shape(int id) : id(id) {}
  virtual ~Shape() = default;
  virtual int area() const = 0;
  int id;
  static int made;
};
int Shape::made = 2;

class Box : public Shape {
public:
  Box(int id, int w, int h) : Shape(id), w(w), h(h) {}
  int area() const override {
    int twice = this->w * h * 2; //@area
    return twice / 2;
  }
  void grow(int by) {
    w += by;
    h += by;
    ++made; //@grow
  }

private:
  int w, h;
};
} // namespace geo

template <typename T> struct Pair {
  T first;
  T second;
  T larger() const {
    return first < second ? second : first; //@larger
  }
};

template <typename T> T add(T a, T b) {
  T sum = a + b;
  return sum; //@add
}

struct Flags {
  unsigned ready : 1;
  signed level : 4;
  unsigned mode : 11;
  bool open : 1;
};

union Word {
  unsigned bits;
  float number;
  unsigned char bytes[4];
};

struct Left {
  int l = 11;
};
struct Right {
  long long r = -12;
};
struct Both : Left, Right {
  short b = 13;
};

static inline __attribute__((always_inline)) int doubled(int v) {
  int r = v + v; //@doubled
  return r;
}

static int through(int &ref, const std::string &text, geo::Shape &shape) {
  ref += (int)text.size();
  return ref + shape.area(); //@through
}

int main() {
  std::string empty;
  std::string small = "short";
  std::string large = "a text that does not fit into the object itself";
  std::string_view view(large.data() + 2, 4);
  std::u16string wide = u"w\u00e4it";
  std::vector<int> numbers{2, 3, 5, 8};
  std::vector<std::string> names{"ada", "grace hopper, rear admiral"};
  std::vector<bool> bits{true, false, true};
  std::vector<int> none;
  std::array<short, 3> triple{7, -8, 9};
  std::map<std::string, int> ages{{"bob", 41}, {"amy", 39}, {"cyd", 7}};
  std::set<int> primes{7, 2, 5};
  std::unordered_map<int, std::string> words{{1, "one"}};
  std::unique_ptr<geo::Point> owned(new geo::Point{3, -4});
  std::unique_ptr<geo::Point> nothing;
  std::shared_ptr<int> shared = std::make_shared<int>(17);
  std::shared_ptr<int> again = shared;
  std::optional<int> some = 9;
  std::optional<int> missing;
  std::optional<std::string> title = "dr";
  std::pair<int, char> duo{6, 'c'};
  std::tuple<int, double, std::string> three{1, 2.5, "tri"};
  std::variant<int, std::string> either = std::string("alt");
  geo::Box box(5, 3, 4);
  geo::Shape &shape = box;
  geo::Shape *pointer = &box;
  int counter = 10;
  int &alias = counter;
  Pair<double> pair{1.5, 2.25};
  Flags flags{1, -3, 1029, true};
  Word word;
  word.number = 1.5f;
  Both both;
  Plain direction = WEST;
  Level level = Level::High;
  int geo::Point::*member = &geo::Point::y;
  char letter = 'z';
  wchar_t widest = L'\u00df';
  char16_t unit = u'\u20ac';
  double big = 1e300;
  bool yes = true;
  auto lambda = [counter, &alias](int by) {
    int moved = counter + by;
    return moved + alias; //@lambda
  };
  int area = shape.area();
  box.grow(1);
  int total = through(counter, small, box);
  int called = lambda(2);
  int twice = doubled(total);
  double larger = pair.larger();
  long sum = add(40L, 2L);
  std::printf("%d %d %d %d %g %ld %d\n", area, total, called, twice, larger, sum, geo::Shape::made);
  std::printf("%s|%s|%s|%.*s|%d\n", empty.c_str(), small.c_str(), large.c_str(), (int)view.size(), view.data(), (int)wide.size()); //@end
  for (int n : numbers) std::printf("%d ", n);
  for (auto &n : names) std::printf("%s,", n.c_str());
  for (auto &[k, v] : ages) std::printf("%s=%d ", k.c_str(), v);
  for (int p : primes) std::printf("%d ", p);
  std::printf("%s %d,%d %d %d %d %s\n", words[1].c_str(), owned->x, owned->y, nothing == nullptr, *shared, (int)again.use_count(), title->c_str());
  std::printf("%d %d %c %g %s %d\n", some.value(), missing.has_value(), duo.second, std::get<1>(three), std::get<1>(either).c_str(), (int)none.size());
  std::printf("%d %d %d %u %d %d\n", flags.ready, flags.level, flags.mode, word.bits, both.l, (int)both.r);
  std::printf("%d %d %d %d %d %d %d\n", direction, (int)level, (*owned).*member, letter, (int)widest, unit, pointer->id + triple[1] + bits[2] + yes + geo::detail::scale);
  if (big < 0) std::abort();
  return 0;
}
