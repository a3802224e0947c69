/** Why a program cannot be stopped or looked at that was launched with `noDebug`. */
export const noDebugText = 'the program runs without debugging, as "noDebug" asks for';
