// What runs that are over did beside their runbook, for their last message. Read once each: a report does not change.
import { AppError } from "@dd0c/core";
import type { WireDivergence, WireExecution } from "@dd0c/protocol/http";
import { type Face, readerOf } from "./face.ts";
import { overStatuses } from "./words.ts";

/** A few hundred runs' worth. */
const maxKept = 500;

export class RunReports {
  private readonly kept = new Map<string, WireDivergence | null>();
  private readonly face: Pick<Face, "call" | "tenantId">;

  constructor(face: Pick<Face, "call" | "tenantId">) {
    this.face = face;
  }

  /** Null while the run goes on, and where there is nothing to compare. */
  async of({ id, status }: Pick<WireExecution, "id" | "status">): Promise<WireDivergence | null> {
    if (!overStatuses.has(status)) return null;
    const known = this.kept.get(id);
    if (known !== undefined) return known;
    const report = await this.read(id);
    this.kept.set(id, report);
    const [oldest] = this.kept.keys();
    if (this.kept.size > maxKept && oldest !== undefined) this.kept.delete(oldest);
    return report;
  }

  private async read(id: string): Promise<WireDivergence | null> {
    try {
      return await this.face.call("getDivergence", readerOf(this.face.tenantId), { params: { id } });
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return null;
      throw error;
    }
  }
}
