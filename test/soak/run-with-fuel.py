"""Runs a WASI program in wasmtime until each of some amounts of fuel is used up, and prints where that was. run-with-fuel.py MODULE FUEL..."""
import sys
import wasmtime

config = wasmtime.Config()
config.consume_fuel = True
engine = wasmtime.Engine(config)
module = wasmtime.Module.from_file(engine, sys.argv[1])
for fuel in map(int, sys.argv[2:]):
    store = wasmtime.Store(engine)
    store.set_fuel(fuel)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    wasi = wasmtime.WasiConfig()
    wasi.argv = ["program"]
    store.set_wasi(wasi)
    try:
        linker.instantiate(store, module).exports(store)["_start"](store)
    except (wasmtime.Trap, wasmtime.WasmtimeError, wasmtime.ExitTrap) as error:
        print(error)
