import { type Field, ParameterError } from '../../kit/field';
import { asTextList, show } from '../../kit/fields/rawValues';

/** More than a folder's worth; a slip such as 1:4294967295 is refused rather than counted out. */
const maxUids = 100_000;
const maxUid = 4_294_967_295;
const nextStep =
	'Enter the UID that Get Many returns as uid, several with commas, or a range like 120:180.';

/** Messages of a folder by their UIDs: numbers, lists and ranges. Ascending, each once, at least one. */
export const uidsField: Field<'uids', readonly number[]> = {
	name: 'uids',
	property: {
		displayName: 'Message UIDs',
		name: 'uids',
		type: 'string',
		required: true,
		default: '={{ $json.uid }}',
		placeholder: 'e.g. 4711 or 4711, 4720:4730',
		description:
			'The numbers of the messages in their folder, as Get Many and the trigger return them; several with commas',
	},
	read: (raw) => {
		const uids = readUids(raw, 'Message UIDs');
		if (uids.length === 0) throw new ParameterError('Message UIDs', 'is empty', nextStep);
		return uids;
	},
};

/** One message of a folder. */
export const uidField: Field<'uid', number> = {
	name: 'uid',
	property: {
		displayName: 'Message UID',
		name: 'uid',
		type: 'string',
		required: true,
		default: '={{ $json.uid }}',
		placeholder: 'e.g. 4711',
		description: 'The number of the message in its folder, as Get Many and the trigger return it',
	},
	read: (raw) => {
		const uids = readUids(raw, 'Message UID');
		const [uid] = uids;
		if (uid === undefined) throw new ParameterError('Message UID', 'is empty', nextStep);
		if (uids.length > 1) throw new ParameterError('Message UID', `takes one, not ${uids.length}`);
		return uid;
	},
};

/** Numbers, lists and ranges of UIDs; ascending, each once. */
export function readUids(raw: unknown, label: string): number[] {
	const found = new Set<number>();
	for (const part of asTextList(raw, label)) {
		const [, first = '', last = first] = /^(\d{1,10})(?:\s*:\s*(\d{1,10}))?$/.exec(part) ?? [];
		const [from, to] = [Number(first), Number(last)].sort((a, b) => a - b) as [number, number];
		if (first === '' || from < 1 || to > maxUid) {
			throw new ParameterError(label, `has ${show(part)}, which is no UID`, nextStep);
		}
		if (found.size + to - from >= maxUids) {
			throw new ParameterError(label, `names more than ${maxUids} messages`);
		}
		for (let uid = from; uid <= to; uid++) found.add(uid);
	}
	return [...found].sort((a, b) => a - b);
}
