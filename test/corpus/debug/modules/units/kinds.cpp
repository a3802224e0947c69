#include "kinds.h"
int geo::Point::made = 3;
geo::Box<geo::Point> shared;
namespace {
struct Hidden { geo::Mode mode; };
Hidden hidden;
}
int weigh(geo::Solid &solid);
extern "C" int run(int by) {
  struct Local { geo::Box<geo::Point> *box; int by; } local = {&shared, by};
  auto add = [&](geo::Point point) { return point.x + local.by; };
  geo::Solid solid;
  solid.measure = weigh;
  hidden.mode = geo::Mode::shut;
  local.box->mode = hidden.mode;
  return shared.grow(add(shared.value)) + solid.measure(solid);
}
