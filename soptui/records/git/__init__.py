"""Git's objects, refs, trees and history, by object id. Nothing here knows an office."""
