import type { IHookFunctions } from 'n8n-workflow';
import { removeSubscriptions } from '../../../core/changes/removeSubscriptions';
import type { TriggerState } from '../../../core/changes/types';
import { connect } from '../../kit/connect';
import { scopeOf, stateStore } from '../shared/stateStore';
import { doorStore } from './doorState';
import { announce, endCareOf, withdraw } from './doors';
import { beginTestRun, testSecretOf } from './testRun';

/** n8n tells a webhook's life by these; the subscriptions themselves are trigger()'s business. */
export const webhookMethods = {
	default: {
		/** Whether Microsoft still knows the address, trigger() finds out. */
		async checkExists(this: IHookFunctions): Promise<boolean> {
			return await Promise.resolve(false);
		},

		async create(this: IHookFunctions): Promise<boolean> {
			if (this.getMode() === 'manual') await beginTestRun(this);
			else announceAddress(this);
			return true;
		},

		/** Never fails: n8n would keep a webhook that nothing leads to. */
		async delete(this: IHookFunctions): Promise<boolean> {
			if (testSecretOf(this) === undefined) await unsubscribe(this);
			return true;
		},
	},
};

function announceAddress(context: IHookFunctions): void {
	const store = doorStore(context);
	const url = context.getNodeWebhookUrl('default');
	const { kept = [], mayHaveOthers = false } = store.read() ?? {};
	if (url === undefined) return;
	// n8n stores this before trigger() subscribes: killed in between, the next start cleans up.
	store.change({ url, mayHaveOthers: mayHaveOthers || kept.length === 0 });
	announce(scopeOf(context));
}

async function unsubscribe(context: IHookFunctions): Promise<void> {
	const log = (text: string) => {
		context.logger.warn(text);
	};
	withdraw(scopeOf(context));
	keepTriggerState(context);
	const store = doorStore(context);
	const { kept = [], mayHaveOthers = true, url } = store.read() ?? {};
	const wasActiveHere = endCareOf(scopeOf(context));
	const isCertain = wasActiveHere && !mayHaveOthers;
	try {
		const { graph } = await connect(context);
		await removeSubscriptions(graph, kept, isCertain ? undefined : url, log);
		store.change({ kept: [], mayHaveOthers: false });
	} catch (error) {
		log(`The subscriptions could not be removed; they end by themselves: ${String(error)}`);
	}
}

/** n8n stores the data of this context at deactivation, but not those of the trigger's. */
function keepTriggerState(context: IHookFunctions): void {
	const store = stateStore<TriggerState>(context);
	const state = store.read();
	if (state) store.write(state);
}
