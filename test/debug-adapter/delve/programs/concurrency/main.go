// Goroutines, channels, select, timers, a pool of workers.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type job struct {
	id   int
	data []byte
}

type result struct {
	job  *job
	sum  int
	from string
}

func worker(name string, jobs <-chan job, results chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		sum := 0
		for _, b := range j.data {
			sum += int(b)
		}
		//@eval j.id
		//@eval len(j.data)
		//@eval cap(results)
		results <- result{&j, sum, name} //@stop
	}
}

func pool() map[int]int {
	jobs := make(chan job, 4)
	results := make(chan result, 4)
	var wg sync.WaitGroup
	for i := range 3 {
		jobs <- job{i, []byte{byte(i), 2, 3}}
	}
	//@eval len(jobs)
	close(jobs) //@stop
	wg.Add(1)
	go worker("w0", jobs, results, &wg)
	wg.Wait()
	close(results)
	sums := map[int]int{}
	for r := range results {
		//@eval r.from
		//@eval r.job.id
		sums[r.job.id] = r.sum //@stop
	}
	return sums
}

// What the channels hold while it runs depends on how far the other goroutine got.
func got(log []string, what string, n int) []string {
	text := fmt.Sprint(what, n)
	//@eval text
	//@step stepOut
	return append(log, text) //@stop
}

func selects() (log []string) {
	a, b, done := make(chan int), make(chan string, 1), make(chan struct{})
	go func() {
		a <- 1
		b <- "two"
		close(done)
	}()
	for {
		select {
		case n := <-a:
			log = got(log, "a", n)
		case s, ok := <-b:
			if ok {
				log = got(log, s, len(s))
			}
		case <-done:
			if len(b) > 0 {
				continue
			}
			//@eval log
			return log //@stop
		}
	}
}

func timers() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	ticks := 0
	timer := time.NewTimer(5 * time.Millisecond)
	for {
		select {
		case <-timer.C:
			ticks++ //@stop
		case <-ctx.Done():
			err := ctx.Err()
			//@eval ticks
			//@eval err
			return err //@stop
		}
	}
}

type account struct {
	mu      sync.RWMutex
	balance atomic.Int64
	history []int64
}

func (a *account) deposit(n int64) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.history = append(a.history, n)
	//@eval a.history
	return a.balance.Add(n) //@stop
}

// The function does not see the group, whose words depend on who waits already.
func start(wg *sync.WaitGroup, f func()) {
	go func() {
		defer wg.Done()
		f()
	}()
}

func main() {
	sums := pool()
	log := selects()
	err := timers()
	acc := &account{}
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Add(1)
		start(&wg, func() {
			//@eval i
			acc.deposit(int64(i+1) * 100) //@stop
		})
		//@step next
		wg.Wait() //@stop
	}
	var once sync.Once
	for range 2 {
		once.Do(func() {
			log = append(log, "once") //@stop
		})
	}
	reply := make(chan error)
	go func() { reply <- errors.Join(err, errors.New("second")) }()
	//@step next
	joined := <-reply                                                                //@stop
	fmt.Println(sums, log, errors.Is(joined, context.DeadlineExceeded), acc.history) //@stop
}
