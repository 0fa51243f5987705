import { randomUUID } from 'node:crypto';
import { RefusedError } from '../refused';
import type { GraphAnswer } from '../server/call';
import { notFound } from './refusals';

interface Job {
	readonly run: () => string;
	pollsLeft: number;
	outcome?: GraphAnswer;
}

/** Copies take their time: a monitor tells when one is over. learn.microsoft.com/graph/long-running-actions-overview */
export class Jobs {
	readonly #jobs = new Map<string, Job>();
	/** How often a monitor says that the work isn't done yet. */
	pollsUntilDone = 1;

	/** @param run does the work and answers the id of what it has made; called when the work ends */
	start(origin: string, run: () => string): string {
		const token = randomUUID();
		this.#jobs.set(token, { run, pollsLeft: this.pollsUntilDone });
		return `${origin}/drive/monitor/${token}?tempauth=${randomUUID()}`;
	}

	clear(): void {
		this.#jobs.clear();
		this.pollsUntilDone = 1;
	}

	answer(token: string): GraphAnswer {
		const job = this.#jobs.get(token);
		if (job === undefined) throw notFound('The monitor was not found');
		if (job.pollsLeft > 0) {
			job.pollsLeft -= 1;
			return {
				status: 202,
				json: { operation: 'itemCopy', percentageComplete: 50, status: 'inProgress' },
			};
		}
		return (job.outcome ??= finish(job));
	}
}

function finish({ run }: Job): GraphAnswer {
	try {
		const resourceId = run();
		return {
			status: 200,
			json: { operation: 'itemCopy', percentageComplete: 100, status: 'completed', resourceId },
		};
	} catch (error) {
		if (!(error instanceof RefusedError)) throw error;
		const { code, message } = error;
		return {
			status: 200,
			json: {
				operation: 'itemCopy',
				percentageComplete: 0,
				status: 'failed',
				error: { code, message },
			},
		};
	}
}
