;; A WASI command: it prints one line to standard output and ends with exit code 0.
(module $hello
  ;; fd_write(file, vectors, how many vectors, where to store the number of bytes written) -> error number
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $file i32) (param $vectors i32) (param $count i32) (param $written i32) (result i32)))

  (memory (export "memory") 1)

  ;; One vector at address 0: where the text is, and how long it is (both little endian).
  (data (i32.const 0) "\10\00\00\00" "\1a\00\00\00")
  (data (i32.const 16) "Hello from hand-made Wasm\n")

  (func $main (export "_start")
    (local $error i32)
    (local.set $error
      (call $fd_write
        (i32.const 1)     ;; standard output
        (i32.const 0)     ;; the vector above
        (i32.const 1)
        (i32.const 8)))   ;; the number of bytes written is stored here
    (if (local.get $error)
      (then unreachable))))
