// Functions that a host calls and that wait inside; on other machines a main function calls them.
package main

import (
	"fmt"
	"sync"
	"time"
)

//go:wasmexport receives
func receives(n int32) int32 {
	answers := make(chan int32)
	go func() {
		time.Sleep(time.Millisecond)
		answers <- 2 * n
	}()
	//@step next next
	result := <-answers //@stop
	result++
	return result
}

//go:wasmexport sleeps
func sleeps(n int32) int32 {
	//@step next next next next
	total := n //@stop
	time.Sleep(time.Millisecond)
	total += fromOther(n)
	time.Sleep(time.Millisecond)
	return total
}

func fromOther(n int32) int32 {
	answer := make(chan int32)
	go func() { answer <- n }()
	//@step next stepOut next
	return <-answer + 1 //@stop
}

//go:wasmexport selects
func selects(n int32) int32 {
	first, second := make(chan int32), make(chan int32)
	go func() { second <- n }()
	go func() { first <- n }()
	sum := int32(0)
	//@step next next next next next next next
	for range 2 { //@stop
		select {
		case value := <-first:
			sum += value
		case value := <-second:
			sum += value
		}
	}
	return sum
}

//go:wasmexport waits
func waits(n int32) int32 {
	var group sync.WaitGroup
	var lock sync.Mutex
	sum := int32(0)
	for range n {
		group.Add(1)
		go func() {
			defer group.Done()
			lock.Lock()
			defer lock.Unlock()
			time.Sleep(time.Millisecond)
			sum++
		}()
	}
	//@step next next next next
	lock.Lock() //@stop
	lock.Unlock()
	group.Wait()
	sum *= 2
	return sum
}

//go:wasmexport recovers
func recovers(n int32) (result int32) {
	done := make(chan bool)
	defer func() {
		if recover() != nil {
			result = -1
		}
	}()
	go func() { done <- true }()
	//@step next next next next next
	ok := <-done //@stop
	list := []int32{1}
	if ok {
		return list[n]
	}
	return 0
}

//go:wasmexport steps
func steps(n int32) int32 {
	done := make(chan int32)
	go func() {
		//@step next next next next
		value := n //@stop
		time.Sleep(time.Millisecond)
		value++
		done <- value
		fmt.Println("sent")
	}()
	return <-done
}
