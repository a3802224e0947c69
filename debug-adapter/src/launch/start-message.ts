import type { StartMessage } from "../debuggee/start-message.ts";
import type { LaunchPlan } from "./launch-plan.ts";

/** The part of a plan that the debuggee gets. */
export function startMessage(plan: LaunchPlan, debug: boolean): StartMessage {
  const { program, host, hostScript, args, env, preopens, stdin, invoke, entities } = plan;
  return {
    debug,
    moduleLength: program.bytes.length,
    programName: program.path,
    host,
    hostScript,
    args,
    env,
    preopens,
    stdin,
    invoke,
    entities,
  };
}
