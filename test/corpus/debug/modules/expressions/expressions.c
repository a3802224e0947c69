// Expressions of C with what the compiler makes of them: at the mark `results` holds value, size and type of each, in the order of `EXPRESSIONS`.
typedef signed char s8;
typedef unsigned char u8;
typedef unsigned short u16;
typedef long long s64;
typedef unsigned long long u64;
enum color { RED, GREEN = 5, BLUE = -1 };
enum plain { NORTH, SOUTH = 7 };
struct point { int x, y; };
struct item {
  struct point at;
  struct { short left, right; };
  unsigned flag : 3, mode : 5, word : 32;
  int balance : 7;
  enum color color;
  const char *label;
  struct item *next;
};
struct result {
  s64 whole;
  double fraction;
  unsigned size;
  const char *type;
};

extern u16 elsewhere;
extern int shared(int by);
int counter = 7;
static u8 small = 250;

#define EXPRESSIONS                                                                                                                          \
  X(a + b) X(a - b) X(a * b) X(a / b) X(a % b) X(-a / b) X(-a % b) X(a / -b)                                                                 \
  X(c8 + c8) X(uc + uc) X(uc - 255) X(uc * uc) X(~uc) X(-uc) X(!uc) X(+uc) X(us << 4) X(sc >> 1) X(us + uc)                                  \
  X(ui + 1) X(ui - 1) X(ui * ui) X(-ui) X(~ui) X(ui / 3) X(ui % 7) X(ui >> 31) X(ui << 31) X(ui + a) X(a - ui)                               \
  X(a < ui) X(-1 < ui) X(-1 < 0u) X(-1 == ui) X(a > b) X(a >= a) X(a <= b) X(a != b) X(uc == 255) X(sc == -1)                                \
  X(big + 1) X(big - 1) X(big * 3) X(big / 10) X(big % 10) X(big >> 8) X(big << 3) X(big + ui) X(big == -9007199254740993) X(big < 0)        \
  X(ubig + 1) X(ubig * 2) X(ubig / 3) X(ubig % 1000) X(ubig >> 60) X(ubig << 1) X(-ubig) X(~ubig) X(ubig + big) X(ubig > big) X(ubig > a)    \
  X(lo + 1) X(ulo + 1) X(lo + ui) X(lo + a) X(ulo - a) X(lo * 2LL)                                                                           \
  X(f + 1) X(f * f) X(f / 3) X(f + d) X(d / 3) X(d * 2 - f) X(-d) X(f == 0.1) X(f == 0.1f) X(d > 2) X(f < a) X(a / 2.0) X(a / 2)             \
  X(big + f) X(ubig * 1.0f) X(1 / 3.0f) X(.5 + 1e3) X(1.5e-3) X(2.) X(!d) X(!f)                                                              \
  X(1) X(2147483647) X(2147483648) X(4294967295) X(0x7fffffff) X(0xffffffff) X(0x100000000) X(0xffffffffffffffff) X(017) X(0b101) X(0)       \
  X(1u) X(1l) X(1ul) X(1ll) X(1ull) X(5000000000u) X(5000000000l) X(0x1p4) X(0x1.8p-1f) X(1.5f) X(2147483647 + 0u)                           \
  X('A') X('\n') X('\0') X('\\') X('\'') X('\x41') X('\101') X('\xff') X('A' + 1)                                                            \
  X(sizeof(int)) X(sizeof(a)) X(sizeof a) X(sizeof(struct point)) X(sizeof(item)) X(sizeof(struct item *)) X(sizeof(long)) X(sizeof(u64))    \
  X(sizeof xs) X(sizeof xs / sizeof xs[0]) X(sizeof(xs[0])) X(sizeof("abc")) X(sizeof(a + big)) X(sizeof(uc + uc)) X(sizeof(enum color))      \
  X((int)d) X((int)-d) X((unsigned char)a) X((s8)200) X((u8)-1) X((u8)(a + 200)) X((short)70000) X((float)0.1) X((double)f) X((s64)ui)        \
  X((u64)-1) X((unsigned)-1) X((long long)d * 2) X((_Bool)5) X((_Bool)0.5) X((float)16777217) X((int)'z') X((unsigned long)a) X((char)321)    \
  X((float)ubig) X((double)ubig) X((long unsigned int)b) X((enum color)5) X((u8)big) X(-(u8)1) X((u8)1 << 9) X((int)(a + d)) X((s64)a << 40)  \
  X(a ? b : 3) X(0 ? 1 : 2.5) X(a > b ? a : b) X(uc ? uc : sc) X(a ? ui : b) X(0 ? big : a) X(a ? b ? 1 : 2 : 3) X(!a ? 1 : b ? 2u : 3)      \
  X(a && b) X(a && 0) X(0 || b) X(!a || !b) X(p && p->x) X(none && none->x) X(a + b << 1) X(a | b & 3) X(a ^ b | 1) X(a & 1 == 1)             \
  X(p->x) X((*p).y) X(p[0].x) X(&p[1] == p + 1) X(p + 1 > p) X((p + 1)->x) X(*(xs + 2)) X(xs[1] + xs[2]) X(*xs) X(*&a) X((&a)[0])            \
  X(q - xs) X(q - &xs[0]) X(&xs[4] - q) X(q[-1]) X(*(q - 1)) X(q == &xs[2]) X(q != 0) X(!q) X(!none) X(none == 0) X(q > xs) X(*q + *p2)      \
  X(((struct point *)&item)->y) X(((struct point *)address)->x) X(*(int *)p) X(*(short *)&a) X(((u8 *)&big)[7]) X(*(const char *)item.label) \
  X(item.at.x) X(ip->at.y) X(ip->left) X(item.right) X(ip->next->at.x) X(ip->next->next == 0) X(item.label[1]) X(*item.label) X(item.label[0] == 'h') \
  X(+item.flag) X(item.flag - 6) X(-item.flag) X(item.mode + 1) X(item.word - 1) X(+item.balance) X(item.balance * 2) X(item.flag < -1) X(~item.flag) \
  X(item.color == BLUE) X(item.color) X(BLUE) X(GREEN + 1) X(RED == 0) X(item.color + 1) X(way == SOUTH) X(way - 8) X(way + 0)                \
  X(flag) X(flag + 1) X(!flag) X(flag == 1) X(small) X(small + 10) X(counter * 2) X(elsewhere) X(elsewhere + 1) X(grid[1][2]) X(*grid[1]) X((*grid)[1]) \
  X(*matrix[1]) X(**pp) X((*pp)[1]) X(&grid[1] - &grid[0]) X((int)(long)p == (int)address) X((char *)(p + 1) - (char *)p) X(u.whole) X(u.part) X(u.bytes[3])

enum { count = 0
#define X(e) +1
  EXPRESSIONS
#undef X
};

struct result results[count];

#define TYPE(e)                                                                                                                               \
  _Generic((e), _Bool: "_Bool", char: "char", signed char: "signed char", unsigned char: "unsigned char", short: "short",                    \
      unsigned short: "unsigned short", int: "int", unsigned: "unsigned int", long: "long", unsigned long: "unsigned long",                   \
      long long: "long long", unsigned long long: "unsigned long long", float: "float", double: "double", default: "?")
#define WHOLE(e) (s64)(_Generic((e), float: 0, double: 0, default: (e)))
#define FRACTION(e) (_Generic((e), float: (e), double: (e), default: 0))

__attribute__((noinline)) static void inner(struct item *ip, struct point *p, const int *q, unsigned long address) {
  int a = 17, b = 5;
  char c8 = 'c';
  s8 sc = -1;
  u8 uc = 255;
  u16 us = 65535;
  unsigned ui = 0xfffffff0u;
  long lo = 2147483647;
  unsigned long ulo = 4294967295ul;
  s64 big = -9007199254740993LL;
  u64 ubig = 0xfedcba9876543210ULL;
  float f = 0.1f;
  double d = 2.75;
  _Bool flag = 1;
  struct item item = *ip;
  struct point *none = 0;
  const int *p2 = q + 1;
  enum plain way = SOUTH;
  int xs[5] = {1, 2, 3, 5, 8};
  int grid[2][3] = {{1, 2, 3}, {4, 5, 6}};
  int *matrix[2] = {grid[0], grid[1]};
  int **pp = matrix;
  union { int whole; float part; u8 bytes[4]; } u = {.part = 1.5f};
  q = &xs[2];
  p2 = q + 1;
  int at = 0;
#define X(e) results[at++] = (struct result){WHOLE(e), FRACTION(e), sizeof(e), TYPE(e)};
  EXPRESSIONS
#undef X
  counter += shared(a) + none - none + (int)(p2 - q); //@values
}

__attribute__((noinline)) int square(int v) { return v * v; }
__attribute__((noinline)) double half(float of) { return of / 2; }
__attribute__((noinline)) u64 wide(u64 of, u8 by) { return of + by; }
__attribute__((noinline)) int sum(const int *xs, int n) {
  int total = 0;
  for (int i = 0; i < n; i++) total += xs[i];
  return total; //@sum
}
__attribute__((noinline)) void bump(int by) { counter += by; }
__attribute__((noinline)) int forever(volatile int n) {
  while (n) n = 1;
  return n;
}
__attribute__((noinline)) int broken(int n) {
  __builtin_trap();
  return n;
}
__attribute__((noinline)) struct point whole(struct point of) { return of; }
__attribute__((noinline)) int leaf(int v) {
  int own = v + 1;
  own *= 2; //@leaf
  return own; //@left
}

__attribute__((export_name("run"))) int run(int turns) {
  struct item next = {.at = {100, 200}};
  struct item item = {.at = {3, -4}, .left = -5, .right = 6, .flag = 5, .mode = 17, .word = 0, .balance = -20, .color = BLUE, .label = "hello", .next = &next};
  struct point points[2] = {{11, 12}, {21, 22}};
  int xs[3] = {2, 3, 4};
  inner(&item, points, xs, (unsigned long)points);
  struct point moved = whole(points[1]);
  u8 byte = 250;
  float narrow = 0.5f;
  double broad = 0.25;
  _Bool yes = 1;
  const char *label = "ab";
  char text[8] = "text";
  u64 large = 1;
  bump(square(turns) + sum(xs, 3) + (int)half(3.f) + (int)wide(1, 2) + leaf(turns) + moved.x); //@set
  bump(byte + (int)narrow + (int)broad + yes + label[0] + text[0] + (int)large + item.flag + item.balance + item.color + points[0].x); //@after
  return turns > 1000 ? forever(turns) + broken(turns) : counter;
}
