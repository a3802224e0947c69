package dom

import "testing"

func TestObject(t *testing.T) {
	got := Object("a", 1).Get("a").Int()
	if got != 1 { //@check
		t.Fatal(got)
	}
}
