// Declares types that another file defines; two files define different ones under one name.
namespace store {
class Hidden;
template <typename T> struct Cell;
}
struct Twice;
store::Hidden *make_hidden(int seed);
store::Cell<int> *make_cell(int value);
Twice *make_twice();

struct Holder {
  store::Hidden *hidden;
  store::Cell<int> *cell;
  Twice *twice;
};

extern "C" int run(int seed) {
  Holder holder{make_hidden(seed), make_cell(seed + 1), make_twice()};
  return holder.hidden != nullptr; //@run
}
