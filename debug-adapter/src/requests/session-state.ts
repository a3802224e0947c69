import { ExpiringHandles } from "./expiring-handles.ts";
import type { Peer, SessionState } from "./request.ts";

export function newSessionState(peer: Peer): SessionState {
  return {
    // What the protocol says a client is that does not tell.
    client: {
      linesStartAt1: true,
      columnsStartAt1: true,
      pathsAreUris: false,
      canRunInTerminal: false,
      takesInvalidated: false,
      showsProgress: false,
    },
    peer,
    frames: new ExpiringHandles(),
    variables: new ExpiringHandles(),
    launch: undefined,
    stop: undefined,
    lastProgress: 0,
  };
}
