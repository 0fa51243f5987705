import type { SubscriptionRefusal } from './changes/SubscriptionError';
import type { Trouble } from './troubleshooting';

const trouble = (about: Omit<Trouble, 'area'>): Trouble => ({ area: 'trigger', ...about });

const pollInstead = 'Or use the node Microsoft 365 Trigger, which asks Microsoft itself.';

/** Why an instant trigger gets no subscription; see `SubscriptionError`. */
const refusals: Readonly<
	Record<Exclude<SubscriptionRefusal, 'expiry'>, Omit<Trouble, 'area' | 'anchor'>>
> = {
	unreachable: {
		codes: ['ValidationError', 'InvalidRequest'],
		message: "Microsoft could not reach this trigger's address",
		cause:
			'Microsoft calls it at once, and wants an answer within ten seconds, by a public name with a certificate that everybody trusts.',
		nextStep: `Set WEBHOOK_URL to the address under which the internet reaches n8n, and let Microsoft past the firewall and any sign-in page before it. ${pollInstead}`,
		whoCanFix: 'maker',
	},
	address: {
		codes: [],
		message: 'Microsoft sends no notifications to this address',
		cause: 'It takes public https addresses only.',
		nextStep: `Set WEBHOOK_URL to the https address under which the internet reaches n8n. ${pollInstead}`,
		whoCanFix: 'maker',
	},
	quota: {
		codes: [],
		message: 'Microsoft grants no further subscription',
		cause:
			'A mailbox can have 1,000 subscriptions, those of other apps included; apps and tenants have limits too.',
		nextStep: `Switch off workflows whose trigger is not needed. ${pollInstead}`,
		whoCanFix: 'user',
	},
	permission: {
		codes: [],
		message:
			'Microsoft tells of changes to files and list items only where the connection may write them',
		nextStep: `Grant Files.ReadWrite.All, for lists Sites.ReadWrite.All. ${pollInstead} There, reading is enough.`,
		whoCanFix: 'admin',
	},
	notOwn: {
		codes: [],
		message: "Microsoft tells a signed-in person of changes in that person's own mailbox only",
		nextStep: `Choose "The App Itself (App-Only)" under Connect As. ${pollInstead}`,
		whoCanFix: 'user',
	},
};

/** What keeps triggers from starting, for the troubleshooting page. */
export const triggerTroubles: readonly Trouble[] = [
	...(Object.keys(refusals) as Array<keyof typeof refusals>).map((refusal) =>
		trouble({ anchor: subscriptionAnchor(refusal), ...refusals[refusal] }),
	),
	trouble({
		anchor: 'instant-test-address',
		codes: [],
		message: 'n8n can not reach its own webhook address',
		cause: 'A test of the instant trigger calls it as Microsoft would.',
		nextStep: `Set WEBHOOK_URL to where the internet finds n8n. ${pollInstead}`,
		whoCanFix: 'maker',
	}),
	trouble({
		anchor: 'nothing-to-test-with',
		codes: [],
		message: 'There is nothing yet that would start this trigger',
		cause: 'A test takes the newest item that is there already and fits the filters.',
		nextStep: 'Make one, e.g. by a mail to the mailbox, or change the filters; then test again.',
		whoCanFix: 'user',
	}),
	trouble({
		anchor: 'drive-too-large',
		codes: ['driveTooLarge'],
		message: 'The folder has too many items to know each of them',
		cause: 'What was deleted or moved is told by comparing with what the trigger remembers.',
		nextStep:
			'Choose a folder with fewer files and folders, or the event for what is created or updated.',
		whoCanFix: 'user',
	}),
];

export function subscriptionAnchor(refusal: SubscriptionRefusal): string {
	return `instant-${refusal === 'notOwn' ? 'not-own' : refusal}`;
}
