import type { ITriggerFunctions } from 'n8n-workflow';

interface Revised {
	/** Grows with each change. */
	readonly revision: number;
}

export interface StateStore<State> {
	/** The newest state that is known here, or `undefined` at the first activation. */
	read(): State | undefined;
	/** Whether what `read` answers was written by this process. */
	isOwn(): boolean;
	/** Keeps the state. n8n stores it with the next run that starts, and at deactivation. */
	write(state: State): void;
}

/** n8n makes a trigger anew when its workflow is saved, with a state that may be an older one. */
const newestOfProcess = new Map<string, Revised>();

/**
 * A trigger node's state. Any copy that was ever stored is good to go on with: an older one only
 * finds again what n8n then refuses to run twice.
 */
export function stateStore<State extends Revised>(
	context: Pick<ITriggerFunctions, 'getActivationMode' | 'getNode' | 'getWorkflow'> & {
		getWorkflowStaticData(type: string): object;
	},
): StateStore<State> {
	const place = scopeOf(context);
	const staticData = context.getWorkflowStaticData('node') as { state?: string };
	const read = (): { readonly state: State | undefined; readonly isOwn: boolean } => {
		const stored = parse<State>(staticData.state);
		const own = newestOfProcess.get(place) as State | undefined;
		// Another process was the leader in the meantime: what it stored is newer than ours.
		const isOver = context.getActivationMode() === 'leadershipChange';
		if (own === undefined || isOver) return { state: stored, isOwn: false };
		const isOwn = stored === undefined || own.revision >= stored.revision;
		return { state: isOwn ? own : stored, isOwn };
	};
	return {
		read: () => read().state,
		isOwn: () => read().isOwn,
		write: (state) => {
			newestOfProcess.set(place, state);
			// One text: n8n may store at any moment, and never half of a state then.
			staticData.state = JSON.stringify(state);
		},
	};
}

/** Tells a trigger node from every other one of the installation. */
export function scopeOf(context: Pick<ITriggerFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
}

function parse<State extends Revised>(text: unknown): State | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		const state = JSON.parse(text) as Partial<State>;
		return typeof state.revision === 'number' ? (state as State) : undefined;
	} catch {
		return undefined;
	}
}
