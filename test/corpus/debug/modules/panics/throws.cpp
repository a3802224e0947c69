#include <exception>
#include <vector>
#include <cstring>
int main(int argc, char **argv) {
  if (argc < 2) return 0;
  if (!strcmp(argv[1], "terminate")) std::terminate();
  if (!strcmp(argv[1], "at")) { std::vector<int> v{1}; return v.at(argc + 5); }
  return 1;
}
