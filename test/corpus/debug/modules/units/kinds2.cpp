#include "kinds.h"
extern geo::Box<geo::Point> shared;
int weigh(geo::Solid &solid) {
  geo::Box<geo::Point>::Nested nested = shared.nested;
  geo::Point point = solid;
  return nested.inner[1].x + point.made;
}
