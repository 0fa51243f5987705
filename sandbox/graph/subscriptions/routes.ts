import { answerCollection, type CollectionRules } from '../odata/collection';
import type { Entity } from '../odata/evaluate';
import { badRequest, RefusedError } from '../refused';
import type { ChangeType } from '../changes';
import { delay } from '../server/faults';
import type { Access, GraphCall, Route } from '../server/call';
import { signedInUser } from '../server/authorize';
import { checkUrl, timedOut, validateEndpoint } from './handshake';
import { readResource, watchedKinds } from './resources';
import { timeText, type SubscriptionService } from './service';
import type { StoredSubscription, Watched } from './types';

/** Who may do what depends on the resource, see `readResource`. */
const access: Access = { delegated: [], application: [], isHandlers: true };
const rules: CollectionRules = { defaultPage: 100, largestPage: 999 };
const minuteMs = 60_000;
/** What is asked for less becomes it. */
const smallestMinutes = 45;
const largestPerMailbox = 1_000;

interface Input {
	readonly changeType?: string;
	readonly notificationUrl?: string;
	readonly lifecycleNotificationUrl?: string | null;
	readonly resource?: string;
	readonly expirationDateTime?: string;
	readonly clientState?: string | null;
	readonly includeResourceData?: boolean | null;
	readonly latestSupportedTlsVersion?: string | null;
}

/** `/subscriptions`; sources: "Create subscription" and its neighbours. */
export function subscriptionRoutes(service: SubscriptionService): Route[] {
	const find = (call: GraphCall): StoredSubscription => {
		const found = service.get(call.keys[0] ?? '');
		if (found === undefined || !isCreator(call, found)) {
			throw new RefusedError(404, 'ResourceNotFound', 'The object was not found.');
		}
		return found;
	};
	return [
		{
			method: 'POST',
			path: 'subscriptions',
			access,
			handle: async (call) => ({ status: 201, json: view(await create(service, call)) }),
		},
		{
			method: 'GET',
			path: 'subscriptions',
			access,
			handle: (call) => {
				const items = service.live.filter((each) => isCreator(call, each));
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		},
		{
			method: 'GET',
			path: 'subscriptions/*',
			access,
			handle: (call) => ({ status: 200, json: view(find(call)) }),
		},
		{
			method: 'PATCH',
			path: 'subscriptions/*',
			access,
			handle: async (call) => ({
				status: 200,
				json: view(await update(service, call, find(call))),
			}),
		},
		{
			method: 'DELETE',
			path: 'subscriptions/*',
			access,
			handle: (call) => {
				service.remove(find(call).id);
				return { status: 204 };
			},
		},
		{
			method: 'POST',
			path: 'subscriptions/*/reauthorize',
			access,
			handle: (call) => {
				const subscription = find(call);
				readResource(call, service.stores, subscription.resource);
				return { status: 204 };
			},
		},
	];
}

async function create(service: SubscriptionService, call: GraphCall): Promise<StoredSubscription> {
	const input = call.body as Input;
	for (const name of ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'] as const) {
		if (input[name] === undefined) {
			throw badRequest(`The required property '${name}' is missing.`, 'InvalidRequest');
		}
	}
	const { resource = '', changeType = '', clientState } = input;
	if (typeof clientState === 'string' && clientState.length > 128) {
		throw badRequest('The clientState may have at most 128 characters.', 'InvalidRequest');
	}
	if (input.includeResourceData === true) {
		throw new RefusedError(501, 'NotImplemented', "The sandbox doesn't send resource data.");
	}
	const watched = readResource(call, service.stores, resource);
	const changeTypes = readChangeTypes(changeType, watched.kind);
	const expiresAt = readExpiry(service, input.expirationDateTime, watched.kind);
	requireRoom(service, watched);
	const notificationUrl = checkUrl(input.notificationUrl, 'notificationUrl');
	await validate(service, notificationUrl);
	const lifecycle = input.lifecycleNotificationUrl ?? undefined;
	if (lifecycle !== undefined) {
		await validate(service, checkUrl(lifecycle, 'lifecycleNotificationUrl'));
	}
	return service.add({
		resource,
		watched,
		changeType,
		changeTypes,
		expiresAt,
		notificationUrl,
		...(lifecycle !== undefined && { lifecycleNotificationUrl: lifecycle }),
		...(typeof clientState === 'string' && { clientState }),
		latestSupportedTlsVersion: input.latestSupportedTlsVersion ?? 'v1_2',
		applicationId: call.caller.appid,
		creatorId: creatorOf(call),
		hasImmutableIds: call.preferences.immutableIds,
	});
}

/** A renewal; and Graph lets the address change, after another handshake. */
async function update(
	service: SubscriptionService,
	call: GraphCall,
	subscription: StoredSubscription,
): Promise<StoredSubscription> {
	const input = call.body as Input;
	const fixed = Object.keys(input).find(
		(name) => name !== 'expirationDateTime' && name !== 'notificationUrl',
	);
	if (fixed !== undefined) {
		throw badRequest(
			`The property '${fixed}' can not be updated on an existing subscription.`,
			'InvalidRequest',
		);
	}
	// Renewing reauthorizes: the rights have to be there still.
	readResource(call, service.stores, subscription.resource);
	const expiresAt =
		input.expirationDateTime === undefined
			? subscription.expiresAt
			: readExpiry(service, input.expirationDateTime, subscription.watched.kind);
	if (input.notificationUrl !== undefined) {
		const url = checkUrl(input.notificationUrl, 'notificationUrl');
		await validate(service, url);
		subscription.notificationUrl = url;
	}
	service.renew(subscription, expiresAt);
	return subscription;
}

async function validate({ notifier }: SubscriptionService, url: string): Promise<void> {
	const { loseValidations, validationTimeoutMs } = notifier.settings;
	if (loseValidations > 0) {
		notifier.settings = { ...notifier.settings, loseValidations: loseValidations - 1 };
		await delay(validationTimeoutMs);
		throw timedOut();
	}
	await validateEndpoint(url, {
		timeoutMs: notifier.settings.validationTimeoutMs,
		ca: notifier.ca,
		log: notifier.log,
	});
}

function readChangeTypes(text: string, kind: Watched['kind']): ChangeType[] {
	const { changeTypes } = watchedKinds[kind];
	return text.split(',').map((part) => {
		const wanted = part.trim().toLowerCase();
		const found = changeTypes.find((each) => each === wanted);
		if (found === undefined) {
			throw badRequest(
				`The changeType '${part.trim()}' is not supported for this resource; supported: ${changeTypes.join(', ')}.`,
				'InvalidRequest',
			);
		}
		return found;
	});
}

function readExpiry(
	{ clock }: SubscriptionService,
	text: string | undefined,
	kind: Watched['kind'],
): number {
	const wanted = Date.parse(text ?? '');
	const now = clock.now();
	if (wanted <= now) {
		throw badRequest('Subscription expiration must be in the future.', 'ExtensionError');
	}
	const { largestMinutes } = watchedKinds[kind];
	// Graph is exact to the second here; who asks for the maximum is past it when the request arrives.
	if (wanted > now + largestMinutes * minuteMs) {
		throw badRequest(
			`Subscription expiration can only be ${largestMinutes} minutes in the future.`,
			'ExtensionError',
		);
	}
	return Math.max(wanted, now + smallestMinutes * minuteMs);
}

function requireRoom(service: SubscriptionService, wanted: Watched): void {
	if (!('ownerId' in wanted)) return;
	const there = service.live.filter(
		({ watched }) => 'ownerId' in watched && watched.ownerId === wanted.ownerId,
	);
	if (there.length < largestPerMailbox) return;
	throw new RefusedError(
		403,
		'ExtensionError',
		`Operation: Create; Exception: [Status Code: Forbidden; Reason: Maximum number of active subscriptions (${largestPerMailbox}) per mailbox exceeded.]`,
	);
}

function creatorOf({ caller, context }: GraphCall): string {
	return signedInUser(context.directory, caller)?.id ?? caller.appid;
}

function isCreator(call: GraphCall, { applicationId, creatorId }: StoredSubscription): boolean {
	return applicationId === call.caller.appid && creatorId === creatorOf(call);
}

function view(subscription: StoredSubscription): Entity {
	return {
		id: subscription.id,
		resource: subscription.resource,
		applicationId: subscription.applicationId,
		changeType: subscription.changeType,
		clientState: subscription.clientState ?? null,
		notificationUrl: subscription.notificationUrl,
		lifecycleNotificationUrl: subscription.lifecycleNotificationUrl ?? null,
		expirationDateTime: timeText(subscription.expiresAt),
		creatorId: subscription.creatorId,
		includeResourceData: null,
		latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
		encryptionCertificate: null,
		encryptionCertificateId: null,
	};
}
