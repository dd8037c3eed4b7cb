/** Pickle streams by hand: a generator in Python would have to be run to build them, and these must never depend on one. */
const text = (value: string) => Buffer.from(value, "latin1");
export const PROTO = (n: number) => Buffer.from([0x80, n]);
export const STOP = text(".");
export const GLOBAL = (module: string, name: string) => text(`c${module}\n${name}\n`);
export const STR = (value: string) => Buffer.concat([Buffer.from([0x8c, value.length]), text(value)]);
export const STACK_GLOBAL = Buffer.from([0x93]);
export const MEMOIZE = Buffer.from([0x94]);
export const REDUCE = text("R");
/** One string argument in a tuple. */
export const ARGUMENT = (value: string) => Buffer.concat([STR(value), Buffer.from([0x85])]);
export const pickle = (...parts: Uint8Array[]) => Buffer.concat(parts);
export const latin = text;

/** A call by protocol 2's GLOBAL or by protocol 4's STACK_GLOBAL. */
export const callGlobal = (module: string, name: string, argument = "x") => pickle(PROTO(2), GLOBAL(module, name), ARGUMENT(argument), REDUCE, STOP);
export const callStackGlobal = (module: string, name: string, argument = "x") => pickle(PROTO(4), STR(module), STR(name), STACK_GLOBAL, ARGUMENT(argument), REDUCE, STOP);

/** What torch.save writes for a state dictionary with one tensor, in short. */
export const torchStateDict = () =>
  pickle(PROTO(2), GLOBAL("collections", "OrderedDict"), text(")R"), text("("), STR("weight"), GLOBAL("torch._utils", "_rebuild_tensor_v2"), text("(("), STR("storage"), GLOBAL("torch", "FloatStorage"), STR("0"), STR("cpu"), text("K\x04tQK\x00K\x02K\x02\x86K\x02K\x01\x86\x89"), GLOBAL("collections", "OrderedDict"), text(")RtRu."));
