import { programOf, request } from "./request.ts";

export const pause = request<object, undefined>("pause", async (state) => {
  await programOf(state).pause();
  return undefined;
});
