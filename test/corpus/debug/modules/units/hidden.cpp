namespace store {
class Hidden {
public:
  int seed;
  short tags[3];
};
template <typename T> struct Cell {
  T value;
  T twice() const { return value * 2; }
};
}
struct Twice {
  int one = 1;
};
static store::Hidden hidden;
static store::Cell<int> cell;
static Twice twice;
store::Hidden *make_hidden(int seed) {
  hidden = {seed, {1, 2, 3}};
  return &hidden;
}
store::Cell<int> *make_cell(int value) {
  cell.value = value;
  cell.twice();
  return &cell;
}
Twice *make_twice() { return &twice; }
