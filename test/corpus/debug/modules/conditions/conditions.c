// Conditions on one line, and how often each of them is true there by the compiler's own reckoning: `TRUTHS` is both.
typedef unsigned char u8;
typedef unsigned long long u64;
enum color { RED, GREEN = 5, BLUE = -1 };
union number { int whole; float part; };
struct base { int depth; };
struct item {
  struct base head;
  struct { short left, right; };
  unsigned flag : 3, mode : 5;
  int balance : 7;
  enum color color;
  union number number;
  double weight;
  float narrow;
  u64 wide;
  long long far;
  u8 bytes[4];
  struct item *next;
  const char *label;
  _Bool ready;
};

int counter;
static const u64 limits[3] = {1, 40, 0xfedcba9876543210ULL};

#define TRUTHS                                                                                                                               \
  TRUTH(i == 7)                                                                                                                              \
  TRUTH(i % 10 == 3 && acc > 100)                                                                                                            \
  TRUTH(i * 3 - 1 > 200 || i < 5)                                                                                                            \
  TRUTH(!(i & 4))                                                                                                                            \
  TRUTH(~i < -90)                                                                                                                            \
  TRUTH((i << 2 ^ 3) % 7 == 0)                                                                                                               \
  TRUTH(-i / 3 == -11)                                                                                                                       \
  TRUTH(p->head.depth == i)                                                                                                                  \
  TRUTH(p->left == -4)                                                                                                                       \
  TRUTH(item.right == 3 && (*p).flag == 5)                                                                                                   \
  TRUTH(p->mode >= 17)                                                                                                                       \
  TRUTH(p->balance < -3)                                                                                                                     \
  TRUTH(item.color == -1)                                                                                                                    \
  TRUTH(p->number.whole == 1069547520)                                                                                                       \
  TRUTH(p->weight > 2.25 && p->narrow <= 0.5f)                                                                                               \
  TRUTH(p->weight / 2 == 1.25)                                                                                                               \
  TRUTH(p->wide == 0xfedcba9876543210)                                                                                                       \
  TRUTH(p->far < -9007199254740992)                                                                                                          \
  TRUTH(p->far + 1 == -9007199254740992)                                                                                                     \
  TRUTH(p->bytes[i & 3] == 200)                                                                                                              \
  TRUTH(xs[i & 3] * 2 == 10)                                                                                                                 \
  TRUTH(p->next == 0)                                                                                                                        \
  TRUTH(p->next && p->next->head.depth == 50)                                                                                                \
  TRUTH(p->label[1] == 'e')                                                                                                                  \
  TRUTH(p->ready)                                                                                                                            \
  TRUTH(!p->ready && c == 'x')                                                                                                               \
  TRUTH(counter >= 90)                                                                                                                       \
  TRUTH(limits[2] > 5 && limits[i % 3] == 40)                                                                                                \
  TRUTH(*q == i)                                                                                                                             \
  TRUTH(&item == p)

enum { count = 0
#define TRUTH(condition) +1
  TRUTHS
#undef TRUTH
};

int truths[count];

__attribute__((noinline)) static void visit(int i, struct item *p, const int *q, const int *xs) {
  struct item item = *p;
  int acc = i * 2;
  char c = i > 50 ? 'x' : 'y';
  if (i == 33) p = &item;
  int at = 0;
#define TRUTH(condition) truths[at++] += (condition) ? 1 : 0;
  TRUTHS
#undef TRUTH
  counter++; //@visit
}

__attribute__((export_name("run"))) int run(int turns) {
  static const int xs[4] = {5, -6, 7, 5};
  for (int i = 0; i < turns; i++) {
    struct item next = {.head = {50}};
    struct item item = {
        .head = {i / 2 * 2},
        .left = i % 9 - 4,
        .right = 3,
        .flag = i % 8,
        .mode = i % 32,
        .balance = i % 13 - 6,
        .color = i % 3 == 0 ? BLUE : i % 3 == 1 ? GREEN : RED,
        .number = {.part = i % 2 ? 1.5f : 1.25f},
        .weight = i % 4 == 2 ? 2.5 : 2.25 + i,
        .narrow = 0.125f * (i % 8),
        .wide = limits[i % 3],
        .far = -9007199254740993LL + i % 5,
        .bytes = {1, 200, i, 255},
        .next = i % 5 ? &next : 0,
        .label = i % 2 ? "hello" : "world",
        .ready = i % 6 == 0,
    };
    visit(i, &item, i % 2 ? &i : xs, xs);
  }
  return counter; //@end
}

__attribute__((noinline)) static int tick(int i, int acc) {
  acc += i & 7; //@tick
  return acc;
}

__attribute__((export_name("spin"))) int spin(int turns) {
  int acc = 0;
  for (int i = 0; i < turns; i++) //@spin
    acc = tick(i, acc);
  return acc; //@spun
}
