import { expect, test } from "vitest";
import { fillPath } from "./path.ts";

test.each([
  ["/a/b", {}, "/a/b"],
  ["/api/Ticket/{ticketId}/notes", { ticketId: 5200001 }, "/api/Ticket/5200001/notes"],
  ["/x/{a}/{b}", { a: "1/2", b: "ä b?c#d" }, "/x/1%2F2/%C3%A4%20b%3Fc%23d"],
  ["/x/{a}", { a: "../../etc" }, "/x/..%2F..%2Fetc"],
  ["/x/{a}", { a: "%2e%2e" }, "/x/%252e%252e"],
  ["/x/{a}", { a: "..." }, "/x/..."],
])("%s with %j is %s", (template, parts, path) => {
  expect(fillPath(template, parts)).toBe(path);
});

test.each([
  ["/x/{serial}", {}, "serial is empty"],
  ["/x/{serial}", { serial: "" }, "serial is empty"],
  ["/x/{serial}", { serial: "." }, "serial is made of dots"],
  ["/x/{serial}", { serial: ".." }, "serial is made of dots"],
  ["/x/{serial}", { serial: "\ud800" }, "serial is not well-formed"],
  ["/x/{a}{b}", { a: "%", b: "" }, "b is empty"],
  ["/x/.{a}", { a: "." }, "a is made of dots"],
  ["/x/../{a}", { a: "1" }, "a segment of the path is made of dots"],
  ["https://other.example.net/x", {}, "begins with one slash"],
  ["//other.example.net/x", {}, "begins with one slash"],
  ["x", {}, "begins with one slash"],
])("%s with %j is refused: %s", (template, parts, complaint) => {
  expect(() => fillPath(template, parts)).toThrow(complaint);
});
