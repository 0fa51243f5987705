import { randomBytes } from 'node:crypto';
import type { ITriggerFunctions } from 'n8n-workflow';
import type { KeptSubscription } from '../../../core/changes/subscription';
import { scopeOf } from '../shared/stateStore';

/** What the instant trigger must know after a restart, beside where its looks stopped. JSON. */
export interface DoorState {
	/** Grows with each change: the newest of two copies is the one to go on with. */
	readonly revision: number;
	/** Where Microsoft sends notifications; `undefined` before the first activation. */
	readonly url?: string;
	/** Tells Microsoft's notifications from anybody else's. */
	readonly clientState: string;
	/** Tells n8n's own processes from anybody else. Never leaves the installation. */
	readonly ownSecret: string;
	readonly kept: readonly KeptSubscription[];
	/** Microsoft may have more than `kept` that report to `url`. */
	readonly mayHaveOthers: boolean;
}

export interface DoorStore {
	read(): DoorState | undefined;
	/** Makes the secrets, if there are none, and keeps what is said. */
	change(change: Partial<Omit<DoorState, 'revision'>>): DoorState;
}

type StoreContext = Pick<ITriggerFunctions, 'getNode' | 'getWorkflow'> & {
	getWorkflowStaticData(type: string): object;
};

/** n8n hands out copies of what it has stored; this process may know better. */
const newestOfProcess = new Map<string, DoorState>();

/**
 * The node's subscriptions and secrets. n8n stores them at activation and with each run; a copy that
 * is out of date only names subscriptions that Graph no longer has.
 */
export function doorStore(context: StoreContext): DoorStore {
	const scope = scopeOf(context);
	const staticData = context.getWorkflowStaticData('node') as { door?: string };
	const read = (): DoorState | undefined => {
		const stored = parse(staticData.door);
		const own = newestOfProcess.get(scope);
		if (!own || (stored && stored.revision > own.revision)) return stored;
		return own;
	};
	return {
		read,
		change: (change) => {
			const before = read() ?? {
				revision: 0,
				clientState: newSecret(),
				ownSecret: newSecret(),
				kept: [],
				mayHaveOthers: false,
			};
			const state = { ...before, ...change, revision: before.revision + 1 };
			newestOfProcess.set(scope, state);
			staticData.door = JSON.stringify(state);
			return state;
		},
	};
}

const newSecret = (): string => randomBytes(32).toString('base64url');

function parse(text: unknown): DoorState | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		return JSON.parse(text) as DoorState;
	} catch {
		return undefined;
	}
}
