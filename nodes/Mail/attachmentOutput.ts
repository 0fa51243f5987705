import type { Attachment } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { kindOf } from '../kit/attachments/download';

/** An attachment as one flat object that has the same keys for every attachment; without content. */
export function simplifyAttachment(attachment: Attachment, messageId: string): IDataObject {
	const { id, name, contentType, size, isInline } = attachment;
	return {
		id: id ?? '',
		name: name ?? '',
		kind: kindOf(attachment),
		contentType: contentType ?? '',
		size: size ?? 0,
		isInline: isInline ?? false,
		messageId,
	};
}
