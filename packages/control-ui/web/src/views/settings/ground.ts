import { useEffect, useState } from 'preact/hooks';
import { status } from '../../api/live.ts';
import { applying, changedNames, load, type Saved, saved, settle } from './form.ts';

/**
 * Keeps the form on what is saved: read when the view opens, when the window is looked at again, and when the
 * service tells of other settings; not while the form's own are being applied. With changes that are not applied,
 * somebody decides. Returns why it could not
 * be read.
 */
export function useGround(onConflict: (theirs: Saved) => void): unknown {
  const [failed, setFailed] = useState<unknown>(null);
  const told = JSON.stringify(status.value?.settings ?? null);
  const busy = applying.value;
  useEffect(() => {
    if (busy) return;
    let left = false;
    const look = async () => {
      try {
        const fresh = await load();
        if (left) return;
        setFailed(null);
        const isOther = saved.value !== null && saved.value.etag !== fresh.etag;
        if (isOther && changedNames.value.length > 0) onConflict(fresh);
        else settle(fresh);
      } catch (error) {
        if (!left) setFailed(error);
      }
    };
    const seen = () => {
      if (document.visibilityState === 'visible') void look();
    };
    void look();
    document.addEventListener('visibilitychange', seen);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', seen);
    };
  }, [told, busy, onConflict]);
  return failed;
}
