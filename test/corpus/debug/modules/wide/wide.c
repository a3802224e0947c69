// C and C++ fixture: text in wide units, pointers to functions. In C the types of the units are other names of integers.
#ifdef __cplusplus
extern "C" {
#else
typedef __WCHAR_TYPE__ wchar_t;
typedef __CHAR16_TYPE__ char16_t;
typedef __CHAR32_TYPE__ char32_t;
#endif
typedef int (*operation)(int, int);
struct tool {
  const char *name;
  operation work;
};
static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static operation operations[] = {add, subtract};

__attribute__((export_name("run"))) int run(int turn) {
  wchar_t letter = L'\u00e4';
  wchar_t wide[] = L"w\u00e4it";
  char16_t halves[] = u"\u00fc\U0001F600";
  char32_t whole[] = U"\U0001F600!";
  const char16_t *behind = halves + 1;
  const wchar_t *nothing = 0;
  char16_t full[2] = {'a', 'b'};
  unsigned short numbers[2] = {104, 105};
  struct tool tool = {"minus", subtract};
  operation chosen = operations[turn & 1], *first = operations;
  return letter + wide[0] + halves[0] + (int)whole[0] + behind[0] + (nothing == 0) + full[0] + numbers[0] + tool.work(9, 4) + chosen(1, 2) + first[0](1, 1); //@end
}
#ifdef __cplusplus
}
#endif
