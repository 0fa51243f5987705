import type { Drive } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';

export function outputDrive(drive: Drive, simplify: boolean): IDataObject {
	if (!simplify) return { ...drive };
	const { owner, quota } = drive;
	const group = (owner as { group?: { displayName?: string } } | null | undefined)?.group;
	return {
		id: drive.id ?? '',
		name: drive.name ?? '',
		type: drive.driveType ?? '',
		webUrl: drive.webUrl ?? '',
		owner: owner?.user?.displayName ?? group?.displayName ?? '',
		usedBytes: quota?.used ?? 0,
		remainingBytes: quota?.remaining ?? 0,
		totalBytes: quota?.total ?? 0,
	};
}
