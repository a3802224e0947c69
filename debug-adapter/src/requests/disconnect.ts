import { request } from "./request.ts";

/** The program is always our own child: without its debugger it cannot go on. */
export const disconnect = request<object, undefined>("disconnect", async (state) => {
  state.launch?.abort.abort();
  await state.launch?.engine?.end();
  return undefined;
});
