package pool

import "testing"

func TestDouble(t *testing.T) {
	in, out := make(chan int), make(chan int)
	go Double(in, out)
	in <- 21
	close(in)
	if got := <-out; got != 42 { //@check
		t.Errorf("Double(21) = %d", got)
	}
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) {
			t.Log(name, t.TempDir()) //@subtest
		})
	}
}
