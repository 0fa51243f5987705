import { RefusedError } from '../refused';
import type { GraphCall, Route } from '../server/call';
import { profileRead } from './access';

/** A blue pixel. */
const photo = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

/** People who can sign in have a photo of 240 pixels; shared mailboxes have none. */
export function photoRoutes(): Route[] {
	const handle = ({ owner, keys }: GraphCall) => {
		const [size] = keys;
		const isTooLarge = size !== undefined && Number(size.split('x')[0]) > 240;
		if (!owner || owner.isSharedMailbox || isTooLarge) {
			throw new RefusedError(404, 'ImageNotFound', "The photo wasn't found.");
		}
		return { status: 200, headers: { 'Content-Type': 'image/png' }, bytes: photo };
	};
	return ['mailbox/photo/$value', 'mailbox/photos/*/$value'].map((path): Route => ({
		method: 'GET',
		path,
		access: profileRead,
		handle,
	}));
}
