// Expressions of C++ with what the compiler makes of them: at each mark `results` holds value, size and type, in the order of the list.
typedef long long s64;
typedef unsigned char u8;
enum Plain { NORTH, SOUTH = 4 };
enum class Level : unsigned char { Low = 1, High = 200 };

struct Result {
  s64 whole;
  double fraction;
  unsigned size;
  const char *type;
};

template <typename T> struct Name { static constexpr const char *text = "?"; };
#define NAME(T) template <> struct Name<T> { static constexpr const char *text = #T; };
NAME(bool) NAME(char) NAME(signed char) NAME(unsigned char) NAME(short) NAME(unsigned short) NAME(int) NAME(unsigned int) NAME(long)
NAME(unsigned long) NAME(long long) NAME(unsigned long long) NAME(float) NAME(double) NAME(Plain) NAME(Level)

template <typename T> Result record(T value) { return {(s64)value, 0, sizeof(T), Name<T>::text}; }
template <> Result record(float value) { return {0, value, sizeof value, "float"}; }
template <> Result record(double value) { return {0, value, sizeof value, "double"}; }

namespace geo {
namespace detail {
int scale = 3;
}
struct Point {
  int x, y;
};
struct Base {
  int id = 40;
  short depth = -2;
  virtual int area() { return 0; }
};
static int made = 2;
} // namespace geo

template <typename T> struct Pair {
  T first;
  T second;
  T larger() { return first < second ? second : first; }
};

#define IN_METHOD                                                                                                                             \
  X(w) X(this->w) X(w * h) X(h - by) X(id) X(this->id + depth) X(made) X(Box::made + 1) X(unit.x) X(&w == &this->w) X(*corner) X(ready)       \
  X(ready + 1) X(scale * 2) X(level == Level::High) X(limit) X((*this).h) X(flags) X(flags - 2) X(this == self)
#define IN_MAIN                                                                                                                               \
  X(geo::detail::scale) X(geo::made * 2) X(geo::Box::made) X(ref) X(ref + 1) X(&ref == &value) X(sizeof(ref)) X(box.w + box.id) X(pair.first)  \
  X(pair.second > pair.first) X(direction) X(direction == SOUTH) X(direction + 1) X(level == Level::High) X(level == Level::Low) X(level)       \
  X((int)level) X(int(2.75)) X(static_cast<unsigned char>(value + 250)) X((double)value / 4) X(static_cast<int>(Level::High)) X(true) X(!value) \
  X(value && ref) X(value > 3 and ref < 3) X(value == 0 or true) X('a') X('a' + 1) X(nullptr == nothing) X(letter) X(letter == 'q') X(1 < 2)    \
  X(true + true) X(value ? 1 : 2.5) X(u8(300)) X(point->x + (*point).y) X(reinterpret_cast<geo::Point *>(point)->y) X(shape.id) X(sizeof(geo::Box))  \
  X(sizeof(Pair<double>)) X(((Pair<double> *)&pair)->second) X(5'000'000) X(flag) X(flag == true) X(-flag) X(~flag) X(*inner.place) X(inner.place[1])

#define X(e) +1
Result results[IN_METHOD IN_MAIN];
#undef X
int at;
#define X(e) results[at++] = record(e);

namespace geo {
using detail::scale;
class Box : public Base {
public:
  Box(int w, int h) : w(w), h(h) {}
  int area() override { return w * h; }
  void grow(int by) {
    Box *self = this;
    IN_METHOD
    w += by + (self == this); //@method
  }
  static int made;
  int w, h;
  Point unit = {7, 8};
  int *corner = &h;
  bool ready = true;
  Level level = Level::High;
  static constexpr int limit = 99;
  unsigned flags : 3 = 1;
};
int Box::made = 12;
} // namespace geo

struct Holder {
  int *place;
};

extern "C" __attribute__((export_name("run"))) int run() {
  geo::Box box(3, 4);
  box.grow(1);
  int value = 10;
  int &ref = value;
  geo::Base &shape = box;
  geo::Point there{5, -6};
  geo::Point *point = &there, *nothing = nullptr;
  Pair<double> pair{1.5, 2.25};
  Plain direction = SOUTH;
  Level level = Level::High;
  char letter = 'q';
  bool flag = true;
  float narrow = 0.5f;
  int list[2] = {31, 32};
  Holder inner{list};
  IN_MAIN
  int total = box.area() + shape.area() + (int)pair.larger(); //@values
  return total + value + there.x + (direction == SOUTH) + (level == Level::High) + letter + flag + (int)narrow; //@after
}
