import { AuditTrail } from './audit.tsx';
import { Transfer } from './transfer.tsx';

/** What concerns the service as a whole: its contents as a file, and its audit trail. */
export default function Keeping() {
  return (
    <>
      <Transfer />
      <AuditTrail />
    </>
  );
}
