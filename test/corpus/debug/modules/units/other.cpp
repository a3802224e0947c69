struct Twice {
  double big = 2.5;
  int more = 7;
};
extern "C" int unrelated() {
  Twice twice;
  return twice.more;
}
