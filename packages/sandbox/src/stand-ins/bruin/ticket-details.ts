import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import { queueKey } from "../../world/work-queues.ts";
import type { World } from "../../world/world.ts";
import { bodyOf, detailName, numberFrom, queryOf, ticketOf, wholeNumber } from "./request.ts";

const statusRequest = z.object({ Status: z.enum(["O", "R"]), Interfaces: z.array(z.string()).nullish() });
const workRequest = z.object({
  details: z.array(z.object({ detailId: wholeNumber.nullish(), serviceNumber: z.string().nullish() })).min(1),
  notes: z.array(z.unknown()).default([]),
  resultTypeId: wholeNumber,
});
const unpauseRequest = z.object({ serviceNumber: z.string().nullish(), DetailId: wholeNumber.nullish() });

/** The work on single details: open and resolve, move between queues, unpause. */
export function ticketDetails(app: Hono<{ Bindings: HttpBindings }>, { desk }: World): void {
  app.put("/api/Ticket/:ticket/details/work", async (context) => {
    const ticket = ticketOf(context, desk);
    const { details, resultTypeId } = await bodyOf(context, workRequest);
    const named = details.map((each) => desk.detail(ticket, detailName(each.detailId, each.serviceNumber)));
    for (const detail of named) desk.changeWork(detail, resultTypeId);
    return context.json({ message: "success" });
  });
  app.put("/api/Ticket/:ticket/details/:detail/status", async (context) => {
    const ticket = ticketOf(context, desk);
    const detail = desk.detail(ticket, { detailId: numberFrom(context.req.param("detail"), "detailId") });
    const { Status, Interfaces } = await bodyOf(context, statusRequest);
    if (Status === "O") desk.unresolveDetail(detail);
    else desk.resolveDetail(detail, Interfaces ?? []);
    return context.json("Success");
  });
  app.get("/api/Ticket/:ticket/nextresult", (context) => {
    const query = queryOf(context);
    const detailId = query.get("detailid")?.[0];
    const name = detailName(
      detailId === undefined ? undefined : numberFrom(detailId, "DetailId"),
      query.get("servicenumber")?.[0],
    );
    const detail = desk.detail(ticketOf(context, desk), name);
    return context.json({
      currentTaskId: detail.id * 1_000 + queueKey(detail.task),
      currentTaskKey: String(queueKey(detail.task)),
      currentTaskName: detail.task,
      nextResults: desk.nextResults(detail).map((result) => ({
        resultTypeId: result.id,
        resultName: result.name,
        notes: [noteField],
      })),
    });
  });
  app.post("/api/Ticket/:ticket/detail/unpause", async (context) => {
    const ticket = ticketOf(context, desk);
    const { DetailId, serviceNumber } = await bodyOf(context, unpauseRequest);
    desk.setPaused(desk.detail(ticket, detailName(DetailId, serviceNumber)), false);
    return context.json("Success");
  });
}

/** A result may come with notes; none has to. */
const noteField = {
  noteType: "Notes",
  noteDescription: "Notes",
  availableValueOptions: null,
  defaultValue: null,
  required: false,
};
