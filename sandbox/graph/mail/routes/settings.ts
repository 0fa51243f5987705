import { randomUUID } from 'node:crypto';
import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import { badRequest, itemNotFound, RefusedError } from '../../refused';
import { findUser } from '../../server/authorize';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { mailRead, settingsRead, settingsWrite } from '../access';
import { asList } from '../draft';
import type { Mailbox } from '../mailbox';
import type { MailService } from '../service';
import type { StoredCategory, StoredRule } from '../types';
import { readMessageInput } from './messages';

const listRules: CollectionRules = { defaultPage: 100, largestPage: 1000 };

/** Mailbox settings, categories, inbox rules and mail tips. */
export function settingsRoutes(mail: MailService): Route[] {
	return [
		...mailboxSettingsRoutes(mail),
		...categoryRoutes(mail),
		...ruleRoutes(mail),
		{
			method: 'POST',
			path: 'mailbox/getMailTips',
			access: mailRead,
			handle: (call) => ({ status: 200, json: { value: mailTips(mail, call) } }),
		},
	];
}

function mailboxSettingsRoutes(mail: MailService): Route[] {
	const part = (name: string): Route => ({
		method: 'GET',
		path: `mailbox/mailboxSettings/${name}`,
		access: settingsRead,
		handle: (call) => {
			const value = mail.open(call).settings[name];
			return { status: 200, json: typeof value === 'object' ? (value ?? {}) : { value } };
		},
	});
	return [
		{
			method: 'GET',
			path: 'mailbox/mailboxSettings',
			access: settingsRead,
			handle: (call) => ({
				status: 200,
				json: selectFrom(mail.open(call).settings, call.target.query),
			}),
		},
		{
			method: 'PATCH',
			path: 'mailbox/mailboxSettings',
			access: settingsWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const changes = readMessageInput(call);
				checkAutomaticReplies(changes.automaticRepliesSetting);
				for (const [name, value] of Object.entries(changes)) {
					const old = mailbox.settings[name];
					mailbox.settings[name] = isObject(old) && isObject(value) ? { ...old, ...value } : value;
				}
				return { status: 200, json: changes };
			},
		},
		...[
			'archiveFolder',
			'automaticRepliesSetting',
			'dateFormat',
			'delegateMeetingMessageDeliveryOptions',
			'language',
			'timeFormat',
			'timeZone',
			'userPurpose',
			'workingHours',
		].map(part),
	];
}

function checkAutomaticReplies(value: unknown): void {
	if (!isObject(value) || value.status !== 'scheduled') return;
	const { scheduledStartDateTime: start, scheduledEndDateTime: end } = value;
	if (!isObject(start) || !isObject(end)) return;
	if (Date.parse(String(end.dateTime)) <= Date.parse(String(start.dateTime))) {
		throw badRequest('The end of the schedule must be after its start.', 'ErrorInvalidArgument');
	}
}

function categoryRoutes(mail: MailService): Route[] {
	const path = 'mailbox/outlook/masterCategories';
	const find = (call: GraphCall): StoredCategory => {
		const found = mail.open(call).categories.find(({ id }) => id === call.keys[0]);
		if (found === undefined) throw itemNotFound();
		return found;
	};
	return [
		{
			method: 'GET',
			path,
			access: settingsRead,
			handle: (call) => ({
				status: 200,
				json: answerCollection(
					call,
					{ items: mail.open(call).categories, view: (category) => ({ ...category }) },
					listRules,
				),
			}),
		},
		{
			method: 'POST',
			path,
			access: settingsWrite,
			handle: (call) => {
				const { displayName, color = 'none' } = readMessageInput(call);
				const { categories } = mail.open(call);
				if (typeof displayName !== 'string' || displayName === '') {
					throw badRequest('The category needs a display name.', 'ErrorInvalidArgument');
				}
				if (categories.some((each) => each.displayName === displayName)) {
					throw new RefusedError(409, 'CategoryNameDuplicate', 'The category already exists.');
				}
				const category = { id: randomUUID(), displayName, color: String(color) };
				categories.push(category);
				return { status: 201, json: { ...category } };
			},
		},
		{
			method: 'GET',
			path: `${path}/*`,
			access: settingsRead,
			handle: (call) => ({ status: 200, json: { ...find(call) } }),
		},
		{
			method: 'PATCH',
			path: `${path}/*`,
			access: settingsWrite,
			handle: (call) => {
				const category = find(call);
				const { displayName, color } = readMessageInput(call);
				// A category's name is what messages carry; Graph doesn't let it change.
				if (displayName !== undefined && displayName !== category.displayName) {
					throw badRequest('The display name can not be changed.', 'ErrorInvalidPropertySet');
				}
				if (typeof color === 'string') category.color = color;
				return { status: 200, json: { ...category } };
			},
		},
		{
			method: 'DELETE',
			path: `${path}/*`,
			access: settingsWrite,
			handle: (call) => {
				const category = find(call);
				const mailbox = mail.open(call);
				mailbox.categories = mailbox.categories.filter((each) => each !== category);
				return { status: 204 };
			},
		},
	];
}

function ruleRoutes(mail: MailService): Route[] {
	const path = 'mailbox/mailFolders/*/messageRules';
	const open = (call: GraphCall): Mailbox => {
		const mailbox = mail.open(call);
		if (mailbox.folder(call.keys[0] ?? '').wellKnownName !== 'inbox') {
			throw badRequest('Rules exist for the inbox only.', 'ErrorInvalidArgument');
		}
		return mailbox;
	};
	const find = (call: GraphCall): StoredRule => {
		const found = open(call).rules.find(({ id }) => id === call.keys[1]);
		if (found === undefined) throw itemNotFound();
		return found;
	};
	const answer = (status: number, rule: StoredRule): GraphAnswer => ({
		status,
		json: { ...rule },
	});
	return [
		{
			method: 'GET',
			path,
			access: settingsRead,
			handle: (call) => ({
				status: 200,
				json: answerCollection(
					call,
					{ items: open(call).rules, view: (rule) => ({ ...rule }) },
					listRules,
				),
			}),
		},
		{
			method: 'POST',
			path,
			access: settingsWrite,
			handle: (call) => {
				const { rules } = open(call);
				const input = readMessageInput(call);
				if (typeof input.displayName !== 'string' || !isObject(input.actions)) {
					throw badRequest('A rule needs a display name and actions.', 'ErrorInvalidArgument');
				}
				const rule: StoredRule = {
					sequence: rules.length + 1,
					isEnabled: true,
					hasError: false,
					isReadOnly: false,
					...input,
					id: `AQAA${Buffer.from(randomUUID()).toString('base64url').slice(0, 12)}=`,
				};
				rules.push(rule);
				return answer(201, rule);
			},
		},
		{
			method: 'GET',
			path: `${path}/*`,
			access: settingsRead,
			handle: (call) => answer(200, find(call)),
		},
		{
			method: 'PATCH',
			path: `${path}/*`,
			access: settingsWrite,
			handle: (call) => {
				const rule = find(call);
				Object.assign(rule, readMessageInput(call), { id: rule.id });
				return answer(200, rule);
			},
		},
		{
			method: 'DELETE',
			path: `${path}/*`,
			access: settingsWrite,
			handle: (call) => {
				const rule = find(call);
				const mailbox = open(call);
				mailbox.rules = mailbox.rules.filter((each) => each !== rule);
				return { status: 204 };
			},
		},
	];
}

function mailTips(mail: MailService, call: GraphCall): unknown[] {
	const input = Object.entries(readMessageInput(call));
	const parameter = (wanted: string): unknown =>
		input.find(([name]) => name.toLowerCase() === wanted)?.[1];
	const named = parameter('mailtipsoptions');
	const options = typeof named === 'string' ? named.toLowerCase() : '';
	const wants = (option: string): boolean => options.includes(option.toLowerCase());
	return asList<string>(parameter('emailaddresses')).map((address) => {
		const user = findUser(mail.directory, address);
		const replies =
			user === undefined ? undefined : mail.mailboxOf(user).settings.automaticRepliesSetting;
		const isAway = isObject(replies) && replies.status !== 'disabled';
		return {
			emailAddress: { name: user?.displayName ?? '', address },
			...(wants('automaticReplies') && {
				automaticReplies: {
					message: isAway ? replies.internalReplyMessage : '',
					messageLanguage: { locale: 'en-us', displayName: 'English' },
				},
			}),
			...(wants('mailboxFullStatus') && { mailboxFull: false }),
			...(wants('customMailTip') && { customMailTip: '' }),
			...(wants('externalMemberCount') && { externalMemberCount: user === undefined ? 1 : 0 }),
			...(wants('totalMemberCount') && { totalMemberCount: 1 }),
			...(wants('maxMessageSize') && { maxMessageSize: 37_748_736 }),
			...(wants('deliveryRestriction') && { deliveryRestricted: false }),
			...(wants('moderationStatus') && { isModerated: false }),
			...(wants('recipientScope') && {
				recipientScope: user === undefined ? 'external' : 'internal',
			}),
		};
	});
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
