// node scripts/kill-test.mjs [times]: kills a real n8n again and again, 50 times by default, while
// mail comes in, and checks that each message has started one run. The end-to-end suite does it three times.
process.env.N8N_KILLS = process.argv[2] ?? '50';
process.argv.splice(2, Infinity, 'triggerKilled');
await import('./e2e.mjs');
