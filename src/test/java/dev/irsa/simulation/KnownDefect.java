package dev.irsa.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What operators of the field have been seen to do, one by one put into ours, and which of the invariants of
 * docs/architecture.md each breaks. Where it is more than one, it depends on what happens next which is seen first.
 */
enum KnownDefect implements Defect {
    BELIEVES_ONE_404("IAM says once that there is no such role, and is believed", "2") {
        @Override
        public Duration window(Duration window) {
            return Duration.ZERO;
        }
    },
    HOLDS_AFTER_CREATE("the finalizer is put on after CreateRole", "2") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongOrder.holdsAfterCreate(outside);
        }
    },
    LETS_GO_TOO_SOON("the finalizer goes when the ServiceAccount has been released", "2") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongOrder.letsGoTooSoon(outside);
        }
    },
    TAGS_AFTER_CREATE("a role is tagged after CreateRole", "3") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongOrder.tagsAfterCreate(outside);
        }
    },
    POINTS_UNTIL_THE_ROLE_HAS_GONE("the ServiceAccount is released after DeleteRole", "4") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongOrder.pointsUntilTheRoleHasGone(outside);
        }
    },
    /** A role that has gone is let go or not made again, and one that came in its place is taken for it. */
    TRUSTS_AN_OLD_SNAPSHOT("what was read of a role once is taken to be so for ever", "1, 2, 6") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.trustsAnOldSnapshot(outside);
        }
    },
    DELETES_WHATEVER_HAS_THE_NAME("a role is deleted by its name, whatever its tags", "1") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.deletesWhateverHasTheName(outside, realm);
        }
    },
    DROPS_SUB_ON_CHANGE("a change of the audience leaves the trust policy without `sub`", "5") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.dropsSubOnChange(outside);
        }
    },
    TAKES_BEFORE_IT_GIVES("policies are detached before the others are attached", "10") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongOrder.takesBeforeItGives(outside, realm);
        }
    },
    /** What it has not shown is taken to be gone. */
    TAKES_HALF_A_SWEEP_FOR_WHOLE("a sweep that broke off is taken for whole", "2") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.takesHalfASweepForWhole(outside);
        }
    },
    /** One that is there to stay never becomes Ready, and one that is deleted leaves its role behind. */
    DISOWNS_WHAT_IT_MADE("the answer to CreateRole is lost, and the role is taken to be somebody else's", "2, 6") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.disownsWhatItMade(outside);
        }
    },
    /** IAM's are never the same text. */
    COMPARES_TEXTS("documents are compared as texts", "7") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.comparesTexts(outside);
        }
    },
    TRIES_AGAIN_AT_ONCE("what has failed is tried again at once", "8") {
        @Override
        public Duration pause(Duration pause) {
            return Duration.ZERO;
        }
    },
    OVERWRITES_ANNOTATIONS("an annotation of somebody else is overwritten", "1") {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return WrongSight.overwritesAnnotations(outside);
        }
    },
    /** It points at what the other has deleted, and the two write over each other's status and wake each other by it. */
    WRITES_WITHOUT_LEADING("a replica that was frozen goes on though another leads", "4, 8") {
        @Override
        public boolean fences() {
            return false;
        }
    };

    private final String mistake;
    private final String broken;

    /**
     * One of them.
     *
     * @param broken numbers of invariants
     */
    KnownDefect(String mistake, String broken) {
        this.mistake = mistake;
        this.broken = broken;
    }

    /** Whether that invariant is one that it breaks. */
    boolean breaks(int invariant) {
        return List.of(broken.split(", ")).contains(String.valueOf(invariant));
    }

    /** What a page that lists it must say of it. */
    String row() {
        return "| " + mistake + " | " + broken + " |";
    }
}
