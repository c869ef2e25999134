"""Git's objects, refs, trees and history, read and written by object id. Nothing here knows an office."""
