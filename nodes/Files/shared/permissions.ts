export const reads = { delegated: 'Files.Read.All', application: 'Files.Read.All' } as const;
export const writes = {
	delegated: 'Files.ReadWrite.All',
	application: 'Files.ReadWrite.All',
} as const;
