import { isCollection } from '../surface/model';
import type { GraphCall } from './call';

/** `https://…/v1.0/$metadata#users('id')/mailFolders('inbox')/messages(id,subject)/$entity` */
export function contextUrl(call: GraphCall): string {
	const { segments, type, operation, query } = call.target;
	const selected = query.select === undefined ? '' : `(${query.select.join(',')})`;
	const base = `${call.origin}/v1.0/$metadata#`;
	if (operation?.kind === 'action') return `${base}${type ?? ''}`;
	let path = '';
	for (const [position, segment] of segments.entries()) {
		const isLast = position === segments.length - 1;
		if (segment.kind === 'member') {
			path += segment.name === 'me' ? `users('${call.owner?.id ?? ''}')` : `/${segment.name}`;
		} else if (segment.kind === 'key' && !isLast) {
			path += `('${encodeURIComponent(segment.value)}')`;
		}
	}
	const isEntity =
		type !== undefined &&
		!isCollection(type) &&
		segments.at(-1)?.kind === 'key' &&
		call.context.surface.types.isEntity(type);
	// A POST to a collection answers with the new entity.
	const isCreated = call.method === 'POST' && type !== undefined && isCollection(type);
	return `${base}${path.replace(/^\//, '')}${selected}${isEntity || isCreated ? '/$entity' : ''}`;
}
