import { request } from "./request.ts";

export const terminate = request<object, undefined>("terminate", async (state) => {
  state.launch?.abort.abort();
  await state.launch?.engine?.end();
  return undefined;
});
