// Another unit, whose names the first one may use in expressions.
unsigned short elsewhere = 65535;
static int hidden = 41;
int shared(int by) { return hidden + by; }
