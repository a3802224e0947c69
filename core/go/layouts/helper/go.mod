module go-wasm/layouts

go 1.24
