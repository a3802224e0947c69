// Types that both units have whole.
namespace geo {
struct Point {
  int x, y;
  static int made;
  union {
    int whole;
    unsigned char parts[4];
  };
};
enum class Mode : unsigned char { open, shut = 7 };
template <class T> struct Box {
  struct Nested {
    T inner[2];
    Box *back;
  };
  T value;
  Box *link;
  Mode mode;
  Nested nested;
  unsigned low : 3, high : 13;
  int grow(int by) {
    Nested *where = &nested;
    value.x += by;
    return value.x + where->inner[0].y;
  }
};
struct Solid : Point {
  double weight;
  int (*measure)(Solid &);
};
}
