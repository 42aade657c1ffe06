/** The host a caller meant, without its port. */
export function hostOf(request: Request): string {
  return (request.headers.get("host") ?? "").replace(/:\d+$/, "").toLowerCase();
}
