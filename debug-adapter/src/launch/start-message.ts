import type { StartMessage } from "../debuggee/start-message.ts";
import type { LaunchPlan } from "./launch-plan.ts";

/** The part of a plan that the debuggee gets. */
export function startMessage(plan: LaunchPlan, debug: boolean): StartMessage {
  const { program, host, hostScript, args, env, preopens, stdin, invoke, waitsForCalls, entities } = plan;
  // At full speed a script needs no one to look at its modules first.
  const isHandedOver = program !== undefined && (debug || host !== "script");
  return {
    debug,
    moduleLength: isHandedOver ? program.bytes.length : 0,
    programName: program?.path ?? "",
    programFile: plan.programFile,
    host,
    hostScript,
    args,
    env,
    preopens,
    stdin,
    invoke,
    waitsForCalls,
    entities,
  };
}
