// Steps across what blocks a goroutine, ends it, or leaves functions in another way than by their return.
package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"
)

func goexit() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		defer fmt.Println("deferred before the exit")
		//@step next next next
		fmt.Println("leaving") //@stop
		runtime.Goexit()
		fmt.Println("never")
	}()
	group.Wait()
}

func mutex() {
	var lock sync.Mutex
	var shared sync.RWMutex
	shared.RLock()
	lock.Lock()
	go func() {
		time.Sleep(2 * time.Millisecond)
		shared.RUnlock()
		lock.Unlock()
	}()
	//@step next next next next next
	count := 1 //@stop
	lock.Lock()
	count++
	lock.Unlock()
	shared.Lock()
	count++
	shared.Unlock()
}

func waitGroup() {
	var group sync.WaitGroup
	results := make([]int, 3)
	for i := range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i] = i * i
			time.Sleep(time.Millisecond)
		}()
	}
	//@step next next next
	sum := 0 //@stop
	group.Wait()
	for _, result := range results {
		sum += result
	}
	fmt.Println(sum)
}

func once() {
	var first sync.Once
	//@step next next next next next next
	for range 2 { //@stop
		first.Do(func() {
			fmt.Println("once")
		})
	}
	fmt.Println("after once")
}

func sleep() {
	//@step next next next stepOut
	start := time.Now() //@stop
	time.Sleep(3 * time.Millisecond)
	passed := time.Since(start) >= 3*time.Millisecond
	fmt.Println(passed)
}

func selects() {
	numbers := make(chan int)
	texts := make(chan string, 1)
	go func() {
		time.Sleep(time.Millisecond)
		numbers <- 1
		texts <- "text"
	}()
	never := make(chan bool)
	//@step next next next next next next next next
	for range 2 { //@stop
		select {
		case number := <-numbers:
			fmt.Println("number", number)
		case text := <-texts:
			fmt.Println("text", text)
		case <-never:
			fmt.Println("never")
		}
	}
	//@step next next next next
	select { //@stop
	case <-never:
		fmt.Println("never")
	default:
		fmt.Println("default")
	}
	//@step next next next
	select { //@stop
	case <-never:
		fmt.Println("never")
	case <-time.After(2 * time.Millisecond):
		fmt.Println("timeout")
	}
}

func channels() {
	pipe := make(chan int)
	done := make(chan struct{})
	go func() {
		for value := range pipe {
			fmt.Println("got", value)
		}
		close(done)
	}()
	//@step next next next next next
	pipe <- 1 //@stop
	pipe <- 2
	close(pipe)
	<-done
	value, ok := <-pipe
	fmt.Println(value, ok)
}

func condition() {
	var lock sync.Mutex
	ready := false
	changed := sync.NewCond(&lock)
	go func() {
		time.Sleep(time.Millisecond)
		lock.Lock()
		ready = true
		lock.Unlock()
		changed.Signal()
	}()
	//@step next next next next next
	lock.Lock() //@stop
	for !ready {
		changed.Wait()
	}
	lock.Unlock()
	fmt.Println("ready")
}

func cancelled() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Millisecond)
	defer cancel()
	//@step next next next
	<-ctx.Done() //@stop
	err := ctx.Err()
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
}

func mayPanic(how int) (result int, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("recovered %v", value)
		}
	}()
	//@step next next
	list := []int{1, 2, 3} //@stop
	if how == 1 {
		panic("text")
	}
	return list[how], nil
}

func panics() {
	//@step next next next
	a, err := mayPanic(1) //@stop
	fmt.Println(a, err)
	//@step stepOut next
	b, err := mayPanic(0) //@stop
	fmt.Println(b, err)
	c, err := mayPanic(5)
	fmt.Println(c, err)
}

func nested() (text string) {
	defer func() {
		text += fmt.Sprint(" outer:", recover())
	}()
	defer func() {
		defer func() {
			text += fmt.Sprint("inner:", recover())
		}()
		panic("second")
	}()
	//@step next next next
	text = "start " //@stop
	panic("first")
}

func deferred(times int) (total int) {
	for i := range times {
		defer func() { total += i }()
	}
	defer fmt.Println("a deferred call")
	//@step next next next next
	total = 10 //@stop
	if total > 5 {
		return total
	}
	return 0
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(names ...string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, name := range names {
			if !yield(i, name) {
				return
			}
		}
	}
}

func iterators() int {
	sum := 0
	//@step next next next next next next next next
	for i := range count(3) { //@stop
		if i == 1 {
			continue
		}
		sum += i
	}
	//@step next next next next next
	for i, name := range pairs("a", "b", "c") { //@stop
		if name == "b" {
			break
		}
		sum += i
	}
	//@step next next next next
	for i := range count(5) { //@stop
		if i == 2 {
			return sum + i
		}
	}
	return sum
}

func pulled() {
	next, stop := iter.Pull(count(3))
	defer stop()
	//@step next next next next
	first, ok := next() //@stop
	second, _ := next()
	fmt.Println(first, ok, second)
}

func locked() {
	var lock sync.Mutex
	var group sync.WaitGroup
	shared := 0
	for range 2 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 2 {
				lock.Lock()
				shared++
				runtime.Gosched()
				lock.Unlock()
			}
		}()
	}
	//@step next next next
	runtime.Gosched() //@stop
	group.Wait()
	fmt.Println(shared)
}

func timers() {
	fired := make(chan string, 2)
	time.AfterFunc(time.Millisecond, func() { fired <- "timer" })
	ticker := time.NewTicker(time.Millisecond)
	//@step next next next next
	tick := <-ticker.C //@stop
	ticker.Stop()
	text := <-fired
	fmt.Println(tick.IsZero(), text)
}

func main() {
	mutex()
	waitGroup()
	once()
	sleep()
	selects()
	channels()
	condition()
	cancelled()
	panics()
	fmt.Println(nested())
	fmt.Println(deferred(2))
	fmt.Println(iterators())
	pulled()
	locked()
	timers()
	goexit()
}
