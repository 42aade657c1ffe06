import { loadSync, type MethodDefinition } from "@grpc/proto-loader";

export type UnaryMethod = MethodDefinition<object, object>;

/**
 * The unary methods of a service by their names. Messages have the field names of the .proto file; 64-bit numbers are
 * numbers, and fields that were not sent have their defaults.
 *
 * @throws TypeError when the file has no such service
 */
export function loadMethods(protoFile: string, service: string): ReadonlyMap<string, UnaryMethod> {
  const loaded = loadSync(protoFile, { keepCase: true, longs: Number, enums: String, defaults: true, arrays: true });
  const definition = loaded[service];
  if (definition === undefined || "format" in definition) throw new TypeError(`${protoFile} has no service ${service}`);
  const unary = Object.entries(definition).filter(([, method]) => !method.requestStream && !method.responseStream);
  return new Map(unary);
}
