#include <assert.h>
#include <stdlib.h>
#include <string.h>
static int check(int value) {
  assert(value > 3 && "too small");
  return value;
}
int main(int argc, char **argv) {
  if (argc < 2) return 0;
  if (!strcmp(argv[1], "abort")) abort();
  if (!strcmp(argv[1], "assert")) return check(2);
  return 1;
}
